import { Constructs } from '../kube/reading/constructs';
import { refusal } from '../kube/reading/files';
import { Unreadable } from '../kube/reading/problem';
import { Reading } from '../kube/reading/read';
import { wrong } from './options';

/** Which construct wrote what, by the record that was named, else by one beside the manifests. */
export function constructsOf(command: string, reading: Reading, file: string | undefined): Constructs {
  try {
    return new Constructs(reading, file);
  } catch (error) {
    const [what, advice = 'Name the file that ConstructPaths.write(app) has written.'] = (error instanceof Unreadable ? error.message : refusal(error)).split(/\. (?=[A-Z])/);
    throw wrong(command, `--constructs '${file}': ${what.replace(/\.$/, '')}`, advice);
  }
}
