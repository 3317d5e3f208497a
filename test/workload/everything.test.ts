import { Testing, Yaml } from 'cdk8s';
import { everything } from './everything';

test('an app with every kind and every property is written as it was reviewed', () => {
  expect(Yaml.stringify(...Testing.synth(everything()))).toMatchSnapshot();
});
