// jsii finds the types of a submodule only through `export *`; these files hold nothing else.
export * from './connection';
export * from './connectivity';
export * from './connectivity-diff';
export * from './explanation';
export * from './network-lint';
export * from './reach-path';
export * from './workload-exposure';
