import { describe, expect, it } from 'vitest';
import { neverLogged } from '#core/never-logged';

describe('calls that are never logged', () => {
  it('are known by their name in any case, and others are not', () => {
    expect(neverLogged(' sendusersmessages ')).toEqual({ event: 'SendUsersMessages', service: 'Amazon Pinpoint' });
    expect([neverLogged('DeleteTrail'), neverLogged('constructor'), neverLogged('')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
