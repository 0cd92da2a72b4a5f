# Builds persons and their dated offices from the reference facts.
def build_people(facts, hand, out):
    pass
