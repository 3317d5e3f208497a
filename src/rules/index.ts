// jsii finds the types of a submodule only through `export *`; these files hold nothing else.
export * from './audit-report';
export * from './harden/finding';
export * from './manifest-audit';
export * from './own-rule';
export * from './pack';
export * from '../kube/severity';
