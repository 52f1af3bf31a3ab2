package dev.gatehouse.tracker.hook.approval;

import dev.gatehouse.tracker.config.HookConfig.ClientApproval;
import dev.gatehouse.tracker.hook.Hook;
import dev.gatehouse.tracker.hook.HookContext;
import dev.gatehouse.tracker.hook.HookVerdict;
import dev.gatehouse.tracker.request.AnnounceReply;
import dev.gatehouse.tracker.request.AnnounceRequest;
import dev.gatehouse.tracker.request.Rejection;
import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.tracker.PeerId;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Lets clients in by the software that their peer ids name. */
public final class ClientApprovalHook implements Hook {

  private static final int ID_LENGTH = 6;

  private final String name;
  private final Set<Bytes> listed;
  private final boolean invert;
  private final Rejection refusal;

  public ClientApprovalHook(ClientApproval config, Rejection refusal) {
    name = config.name();
    listed = config.clientIds().stream().map(Bytes::utf8).collect(Collectors.toUnmodifiableSet());
    invert = config.invert();
    this.refusal = refusal;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public HookVerdict announce(HookContext context, AnnounceRequest request, AnnounceReply reply) {
    return isListed(clientId(request.peerId())) == invert
        ? new HookVerdict.Refused(refusal)
        : new HookVerdict.Passed(context);
  }

  /** The six bytes that name software, behind a hyphen where one begins the id. */
  static byte[] clientId(PeerId peerId) {
    byte[] id = peerId.bytes();
    int from = id[0] == '-' ? 1 : 0;
    return Arrays.copyOfRange(id, from, from + ID_LENGTH);
  }

  private boolean isListed(byte[] id) {
    for (int length = 1; length <= ID_LENGTH; length++) {
      if (listed.contains(Bytes.of(Arrays.copyOf(id, length)))) {
        return true;
      }
    }
    return false;
  }
}
