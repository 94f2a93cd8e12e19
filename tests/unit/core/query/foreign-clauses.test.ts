import { describe, expect, it } from 'vitest';
import { createFieldLookup } from '#core/query/field-lookup';
import { functionClause, knownField } from '#core/query/foreign-clauses';

const fields = createFieldLookup(['requestParameters.size', 'userIdentity.type']);

describe("a name of another tool's for a field", () => {
  it.each([
    ['identity', 'user username user.name principal actor @usr.name @usr.id'],
    ['event', 'action event.action operation method @evt.name'],
    ['ip', 'source.ip sourceip src src_ip srcip client.ip @network.client.ip'],
    ['time', '@timestamp timestamp date'],
    ['region', 'cloud.region aws_region'],
    ['account', 'cloud.account.id accountid account_id aws_account'],
    ['service', 'provider event.provider source'],
    ['agent', 'user_agent user_agent.original @http.useragent'],
    ['error', 'errcode error.code error_code @error.kind'],
  ])('means %s: %s', (field, names) => {
    for (const name of names.split(' ')) {
      expect([name, knownField(name, fields), knownField(name.toUpperCase(), fields)]).toEqual([name, field, field]);
    }
  });

  it('may be a path, with the signs that tools put before it', () => {
    expect(knownField('requestParameters.size', fields)).toBe('requestParameters.size');
    expect(knownField('$.requestParameters.size', fields)).toBe('requestParameters.size');
    expect(knownField('@requestParameters.size', fields)).toBe('requestParameters.size');
    for (const name of ['nothing', '@nothing', '$.', '', undefined]) expect(knownField(name, fields)).toBeNull();
  });
});

describe("another tool's function", () => {
  const clause = (called: string, parts: string): string | null =>
    functionClause({ whole: '', groups: { called, parts }, isNegated: false, fields, lastEvent: null });

  it.each([
    ['cidrmatch', '"10.0.0.0/8", src', 'ip:10.0.0.0/8'],
    ['isIpInSubnet', 'sourceip, "10.0.0.0/8"', 'ip:10.0.0.0/8'],
    ['isIpv4InSubnet', 'sourceip, "10.0.0.0/8"', 'ip:10.0.0.0/8'],
    ['isIpv6InSubnet', 'sourceip, "2001:db8::/32"', 'ip:2001:db8::/32'],
    ['ispresent', 'errcode', 'error:*'],
    ['isnotnull', 'errcode', 'error:*'],
    ['isnull', 'errcode', '-error:*'],
    ['isempty', 'errcode', '-error:*'],
    ['isblank', 'errcode', '-error:*'],
    ['lower', 'errcode', null],
    ['cidrmatch', '"10.0.0.0/8", nothing', null],
    ['isnull', 'nothing', null],
    ['isnull', '', null],
  ])('%s(%s) is %s', (called, parts, expected) => {
    expect(clause(called, parts)).toBe(expected);
  });
});
