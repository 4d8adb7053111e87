/** The lazy part: MapLibre and the map, fetched only by pages that show one. */

import { ThammuuMap } from "./map/thammuu-map.ts";

customElements.define("thammuu-map", ThammuuMap);
