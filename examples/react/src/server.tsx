// Renders the application on a server: importing the widget there does nothing, and the element is in the HTML.
import { renderToString } from "react-dom/server";

import { App } from "./App";

console.log(renderToString(<App />));
