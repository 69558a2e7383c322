import { undoAction } from './action/undo.ts';
import { listAttempts } from './attempt/list.ts';
import { showBudgets } from './budget/show.ts';
import { listChecks } from './check/list.ts';
import { addComment } from './comment/add.ts';
import { editComment } from './comment/edit.ts';
import { listComments } from './comment/list.ts';
import { removeComment } from './comment/remove.ts';
import { sendComments } from './comment/send.ts';
import { dependencyGraph } from './dependency/graph.ts';
import { viewFile } from './diff/view.ts';
import { initHome } from './doctor/init.ts';
import { runDoctor } from './doctor/run.ts';
import { verifyTask } from './gate/verify.ts';
import { notify } from './notification/notify.ts';
import { listOverlaps } from './overlap/list.ts';
import { addProject } from './project/add.ts';
import { projectHistory } from './project/history.ts';
import { listProjects } from './project/list.ts';
import { removeProject } from './project/remove.ts';
import { projectStats } from './project/stats.ts';
import { reopenPullRequest } from './pull-request/reopen.ts';
import { feedQueue } from './queue/feed.ts';
import { pauseQueue } from './queue/pause.ts';
import { resumeQueue } from './queue/resume.ts';
import { queueStatus } from './queue/status.ts';
import { stopQueue } from './queue/stop.ts';
import { fixTask } from './round/fix.ts';
import { listRounds } from './round/list.ts';
import { answerSession } from './session/answer.ts';
import { attachSession } from './session/attach.ts';
import { sessionLogs } from './session/logs.ts';
import { changePanes } from './session/pane.ts';
import { rebaseSession } from './session/rebase.ts';
import { sendToSession } from './session/send.ts';
import { addTask } from './task/add.ts';
import { diffTask } from './task/diff.ts';
import { finishTask } from './task/done.ts';
import { editTask } from './task/edit.ts';
import { taskEvents } from './task/events.ts';
import { inbox } from './task/inbox.ts';
import { killTask } from './task/kill.ts';
import { launchTask } from './task/launch.ts';
import { listTasks } from './task/list.ts';
import { mergeTask } from './task/merge.ts';
import { moveTask } from './task/move.ts';
import { nextTask } from './task/next.ts';
import { openTask } from './task/open.ts';
import { removeTask } from './task/remove.ts';
import { restoreTask } from './task/restore.ts';
import { retryTask } from './task/retry.ts';
import { showTask } from './task/show.ts';
import { waitForTask } from './task/wait.ts';
import { whyTask } from './task/why.ts';
import { listTemplates } from './template/list.ts';
import { editWorktree } from './worktree/edit.ts';
import { inspectWorktree } from './worktree/inspect.ts';

/** Every operation that has a command. The order is that of the help and of the reference. */
export const OPERATIONS = [
  addProject,
  listProjects,
  projectStats,
  projectHistory,
  removeProject,
  listTemplates,
  addTask,
  listTasks,
  showTask,
  editTask,
  moveTask,
  dependencyGraph,
  nextTask,
  queueStatus,
  resumeQueue,
  pauseQueue,
  stopQueue,
  feedQueue,
  launchTask,
  killTask,
  finishTask,
  retryTask,
  removeTask,
  restoreTask,
  undoAction,
  answerSession,
  attachSession,
  changePanes,
  sendToSession,
  sessionLogs,
  verifyTask,
  diffTask,
  viewFile,
  addComment,
  listComments,
  editComment,
  removeComment,
  sendComments,
  editWorktree,
  inspectWorktree,
  openTask,
  listRounds,
  rebaseSession,
  listAttempts,
  listChecks,
  fixTask,
  mergeTask,
  reopenPullRequest,
  waitForTask,
  whyTask,
  taskEvents,
  inbox,
  showBudgets,
  listOverlaps,
  notify,
  initHome,
  runDoctor,
] as const;
