from contractgen.core import Artifact as Artifact
from contractgen.core import ContractgenError as ContractgenError
from contractgen.core import Finding as Finding
from contractgen.core import Level as Level
from contractgen.core import Location as Location
from contractgen.load import Document as Document
from contractgen.load import Library as Library
from contractgen.model import Api as Api
from contractgen.model import Operation as Operation
from contractgen.model import build as build
from contractgen.schema import Schema as Schema

__version__: str
