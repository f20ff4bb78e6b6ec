"""The nouns of the trade, one a file."""

from articles.models.article import Article
from articles.models.author import Author, GroupMember
from articles.models.byline import Byline
from articles.models.call import Call
from articles.models.check_out import CheckOut
from articles.models.co_author import CoAuthor
from articles.models.comment import Comment
from articles.models.delegation import Delegation
from articles.models.erratum import Erratum
from articles.models.event import Event
from articles.models.figure import Figure
from articles.models.fingerprint import Fingerprint
from articles.models.issue import Issue, MastheadLine
from articles.models.issue_file import IssueFile
from articles.models.journal import Journal
from articles.models.phrase import Phrase
from articles.models.proof import ProofCorrection, ProofMark, ProofRound, ProofSignature
from articles.models.reader_comment import ReaderComment
from articles.models.record_head import RecordHead
from articles.models.revision import Revision
from articles.models.section import Section
from articles.models.signoff import IssueSignOff, SignOff
from articles.models.visits import VisitBatch, VisitDay, VisitTotal
from articles.models.working_draft import WorkingDraft

__all__ = [
    "Article",
    "Author",
    "Byline",
    "Call",
    "CheckOut",
    "CoAuthor",
    "Comment",
    "Delegation",
    "Erratum",
    "Event",
    "Figure",
    "Fingerprint",
    "GroupMember",
    "Issue",
    "IssueFile",
    "IssueSignOff",
    "Journal",
    "MastheadLine",
    "Phrase",
    "ProofCorrection",
    "ProofMark",
    "ProofRound",
    "ProofSignature",
    "ReaderComment",
    "RecordHead",
    "Revision",
    "Section",
    "SignOff",
    "VisitBatch",
    "VisitDay",
    "VisitTotal",
    "WorkingDraft",
]
