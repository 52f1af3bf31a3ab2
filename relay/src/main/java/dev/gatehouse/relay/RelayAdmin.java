package dev.gatehouse.relay;

import dev.gatehouse.relay.registry.ServerId;
import dev.gatehouse.relay.view.BanView;
import dev.gatehouse.relay.view.Kicked;
import java.time.Duration;
import java.util.List;

/** What operators see of the relay, and do to those who are connected or want to be. */
public interface RelayAdmin extends RelayView {

  /** Takes a server-id from all who have it, without grace. */
  Kicked kick(ServerId id);

  /** Closes one phone. */
  Kicked kick(ServerId id, String connection);

  /** Lets no binary claim a server-id for a time; false if there are too many bans. */
  boolean ban(ServerId id, Duration time);

  /** Every ban that holds. */
  List<BanView> bans();

  /** Ends a ban; false if there was none. */
  boolean removeBan(ServerId id);
}
