"""The register of remarks: intakes with their authors, remarks, clusters of the like, positions of units and the President."""

from ratusz.participation.remarks.models.intakes import Intake as Intake
from ratusz.participation.remarks.models.remarks import Cluster as Cluster
from ratusz.participation.remarks.models.remarks import Position as Position
from ratusz.participation.remarks.models.remarks import Remark as Remark

__all__ = ["Cluster", "Intake", "Position", "Remark"]
