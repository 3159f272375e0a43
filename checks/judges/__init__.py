"""What answers a criterion: each module holds one way of judging, a pure function of what was collected.

`unmet` is said only where absence was seen (`search`); what was not seen widens the interval (`known`). Nothing here
reads a clock, a file or the network.
"""
