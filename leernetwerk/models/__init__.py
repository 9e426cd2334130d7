"""The pages of the learning network, how often they were used, and the reading that lets them out."""

from leernetwerk.models.guide import GuideTag, MethodGuidePage
from leernetwerk.models.library import LibraryPage
from leernetwerk.models.reading import ReadingTask
from leernetwerk.models.use import GuideUse

__all__ = ["GuideTag", "GuideUse", "LibraryPage", "MethodGuidePage", "ReadingTask"]
