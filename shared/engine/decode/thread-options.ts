/**
 * How the engine's threads are started. What they keep lies outside V8's heap; of its young generation they need little, and V8 would
 * hold on to some 50 MB of it.
 */
export const resourceLimits = { maxYoungGenerationSizeMb: 4 };

export const decodeThreadOptions = { name: 'trailglass-decode', resourceLimits };
