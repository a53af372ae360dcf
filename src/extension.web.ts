/** Entry of the web extension host: the same extension, which needs nothing of Node. */
export { activate, deactivate } from "./extension";
