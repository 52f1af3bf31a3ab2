package dev.gatehouse.tracker.hook;

import dev.gatehouse.tracker.request.Rejection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a hook says of a request. */
public sealed interface HookVerdict {

  /** It goes on, with this context. */
  record Passed(HookContext context) implements HookVerdict {}

  /** It ends here. */
  record Refused(Rejection reason) implements HookVerdict {}

  /** It is not known yet; a stage that fails is a fault of ours. */
  record Later(CompletionStage<HookVerdict> verdict) implements HookVerdict {}

  /** What a stage says, at once if it is complete. */
  static HookVerdict of(CompletionStage<HookVerdict> stage) {
    CompletableFuture<HookVerdict> future = stage.toCompletableFuture();
    return future.isDone() && !future.isCompletedExceptionally() ? future.join() : new Later(stage);
  }

  /** The same as a stage. */
  default CompletionStage<HookVerdict> stage() {
    return switch (this) {
      case Later(CompletionStage<HookVerdict> verdict) -> verdict;
      case Passed _, Refused _ -> CompletableFuture.completedStage(this);
    };
  }
}
