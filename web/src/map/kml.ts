/** KML's places and names (OGC 12-007): no styles, no pictures, and nothing it would fetch. */
import type { Feature, FeatureCollection, Geometry, Position } from "geojson";
import { checked, LayerError, named, place } from "./layers.ts";

export interface Read {
  readonly features: FeatureCollection;
  readonly refused: readonly string[];
}

const FETCHING = ["NetworkLink", "GroundOverlay", "ScreenOverlay", "PhotoOverlay", "Model"];

/** Throws LayerError; `parse` is the browser's DOMParser. */
export function readKml(text: string, parse: (text: string) => Document): Read {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw new LayerError("entities");
  const root = parse(text);
  if (root.getElementsByTagName("parsererror").length > 0) throw new LayerError("not_read");
  const features = all(root, "Placemark").flatMap(featuresOf);
  const refused = FETCHING.filter((name) => all(root, name).length > 0);
  return { features: checked(features), refused };
}

/** "lon,lat[,height]" by white space; commas stand between numbers only. */
export function positions(text: string): Position[] {
  return text
    .trim()
    .split(/\s+/)
    .filter(Boolean)
    .map((tuple) => {
      const [lon, lat] = tuple.split(",");
      return place(number(lon), number(lat));
    });
}

function featuresOf(placemark: Element): Feature[] {
  const name = children(placemark, "name")[0]?.textContent ?? "";
  return [...placemark.children].flatMap(geometriesOf).map((geometry) => named(name, geometry));
}

function geometriesOf(element: Element): Geometry[] {
  switch (element.localName) {
    case "Point": {
      const at = line(element)[0];
      return at ? [{ type: "Point", coordinates: at }] : [];
    }
    case "LineString":
      return [{ type: "LineString", coordinates: line(element) }];
    case "LinearRing":
      return [{ type: "Polygon", coordinates: [line(element)] }];
    case "Polygon":
      return [{ type: "Polygon", coordinates: rings(element) }];
    case "MultiGeometry":
      return [...element.children].flatMap(geometriesOf);
    default:
      return [];
  }
}

function rings(polygon: Element): Position[][] {
  const bounds = [...children(polygon, "outerBoundaryIs"), ...children(polygon, "innerBoundaryIs")];
  return bounds.flatMap((bound) => children(bound, "LinearRing")).map(line);
}

function line(element: Element): Position[] {
  return positions(children(element, "coordinates")[0]?.textContent ?? "");
}

function children(element: Element, name: string): Element[] {
  return [...element.children].filter((child) => child.localName === name);
}

function all(root: Document, name: string): Element[] {
  return [...root.getElementsByTagNameNS("*", name)];
}

function number(text: string | undefined): number {
  return text ? Number(text) : Number.NaN;
}
