/** Options of the thread that runs the engine. */
import { resourceLimits } from './decode/thread-options';

export const engineThreadOptions = { name: 'trailglass-engine', resourceLimits };
