"""What marks a solution that is read off tables.

So that others can ask for it where no table is needed, and none of their modules is
imported.
"""


class Tabulated:
    """A solution of chains in which passes tell of the fit, at every mean.

    Only ``interviewfit._competition.mutual_tables.MutualTables`` is one.
    """

    __slots__ = ()
