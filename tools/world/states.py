# Builds the organizations that every state has, such as ministries and armies.
def build_organizations(facts, hand, out):
    pass
