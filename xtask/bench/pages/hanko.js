import { register } from "./elements.js";
await register(location.origin);
