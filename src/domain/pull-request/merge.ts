/** An open pull request whose base is the branch of another one: the next of a stack. */
export interface ChildPullRequest {
  nodeId: string;
  number: number;
  title: string;
  head: string;
  headCommit: string;
  /** Its head lies in somebody's fork. */
  fork: boolean;
}
