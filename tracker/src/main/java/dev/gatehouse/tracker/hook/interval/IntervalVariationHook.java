package dev.gatehouse.tracker.hook.interval;

import dev.gatehouse.tracker.config.HookConfig.IntervalVariation;
import dev.gatehouse.tracker.hook.Hook;
import dev.gatehouse.tracker.hook.HookContext;
import dev.gatehouse.tracker.hook.HookVerdict;
import dev.gatehouse.tracker.request.AnnounceReply;
import dev.gatehouse.tracker.request.AnnounceRequest;
import dev.gatehouse.wire.tracker.InfoHash;
import dev.gatehouse.wire.tracker.PeerId;

/**
 * Lengthens the interval of some clients, so that those who came together do not come together for
 * ever. Which ones and by how much follows from torrent and client alone, so each is told the same
 * every time.
 */
public final class IntervalVariationHook implements Hook {

  /** A 53-bit number as a part of 1, which it never reaches. */
  private static final double UNIT = 0x1p-53;

  private final IntervalVariation config;

  public IntervalVariationHook(IntervalVariation config) {
    this.config = config;
  }

  @Override
  public String name() {
    return config.name();
  }

  @Override
  public HookVerdict announce(HookContext context, AnnounceRequest request, AnnounceReply reply) {
    long seconds = seconds(request.infoHash(), request.peerId());
    reply.lengthen(seconds);
    if (config.modifyMinInterval()) {
      reply.lengthenMinimum(seconds);
    }
    return new HookVerdict.Passed(context);
  }

  long seconds(InfoHash hash, PeerId peer) {
    Xoroshiro numbers = new Xoroshiro(hash.first() + hash.second(), peer.first() + peer.second());
    double draw = (numbers.next() >>> 11) * UNIT;
    return draw < config.probability()
        ? Long.remainderUnsigned(numbers.next(), config.maxIncreaseSeconds()) + 1
        : 0;
  }
}
