package dev.gatehouse.relay;

import dev.gatehouse.relay.view.ConditionView;
import dev.gatehouse.relay.view.ServerView;
import dev.gatehouse.relay.view.TotalsView;
import dev.gatehouse.relay.view.TrafficView;
import java.util.List;

/** What others may see of the relay, each a copy of one moment. */
public interface RelayView {

  /** The numbers of the whole relay. */
  TotalsView totals();

  /** What it has forwarded since its start. */
  TrafficView traffic();

  /** How it runs, apart from its connections. */
  ConditionView condition();

  /** Every server-id that is held or waits for its binary. */
  List<ServerView> servers();
}
