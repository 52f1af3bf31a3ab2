package dev.gatehouse.control;

import io.grpc.BindableService;

/** The calls of one feature on the control socket. */
public interface ControlCalls extends BindableService {

  /** Ends what would otherwise run for as long as its client likes; called before a stop. */
  void drain();
}
