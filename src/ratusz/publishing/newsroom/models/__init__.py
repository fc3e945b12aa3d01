"""Orders to the photographer, the brand's assets with their files, and layouts that units send to be approved."""

from .brand import AssetKind, BrandAsset, BrandFile
from .layouts import LayoutRequest, LayoutRound, LayoutState, Verdict
from .orders import OrderState, PhotoOrder

__all__ = [
    "AssetKind",
    "BrandAsset",
    "BrandFile",
    "LayoutRequest",
    "LayoutRound",
    "LayoutState",
    "OrderState",
    "PhotoOrder",
    "Verdict",
]
