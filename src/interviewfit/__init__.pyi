from interviewfit._assessment import Assessment as Assessment, assess as assess
from interviewfit._model.beliefs import (
    Belief as Belief,
    Clue as Clue,
    NamedSign as NamedSign,
    Reading as Reading,
)
from interviewfit._model.decision import Search as Search
from interviewfit._model.domain import (
    Candidate as Candidate,
    Opportunity as Opportunity,
)
from interviewfit._model.money import Money as Money, Pay as Pay
from interviewfit._model.priors import Assumptions as Assumptions
from interviewfit._model.stages import (
    Position as Position,
    Stage as Stage,
    corporate as corporate,
    small_firm as small_firm,
    technical as technical,
)
from interviewfit._model.vocabulary import (
    Action as Action,
    Phase as Phase,
    Sign as Sign,
    StageKind as StageKind,
    Term as Term,
)
from interviewfit._model.weights import Weights as Weights
from interviewfit._portfolio import Plan as Plan, plan as plan
from interviewfit._text import explain as explain
from interviewfit.columns import Scores as Scores, score as score
from interviewfit.errors import (
    DecodeError as DecodeError,
    InterviewFitError as InterviewFitError,
    InvalidFieldError as InvalidFieldError,
)
from interviewfit.logs import read_log as read_log
from interviewfit.postings import read_postings as read_postings
from interviewfit.schema import dumps as dumps, loads as loads
from interviewfit.sensitivity import (
    flips as flips,
    questions as questions,
    robustness as robustness,
)
from interviewfit.simulation import simulate as simulate

__all__: list[str]  # noqa: PYI035  # the names stand once, above
__version__: str
