/**
 * How the engine's threads are started. Their data is outside V8's heap; they need little of its young generation, and V8 would
 * hold on to some 50 MB of it.
 */
export const resourceLimits = { maxYoungGenerationSizeMb: 4 };

export const decodeThreadOptions = { name: 'trailglass-decode', resourceLimits };
