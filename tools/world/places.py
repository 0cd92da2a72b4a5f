# Builds the places.
def build_places(facts, hand, out):
    pass
