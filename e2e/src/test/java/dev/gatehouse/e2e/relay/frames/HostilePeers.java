package dev.gatehouse.e2e.relay.frames;

import java.util.List;

/** What peers do who have been let in and mean no good. */
public final class HostilePeers {

  private static final int ANNOUNCED = 200_000;

  private HostilePeers() {}

  /** Says something whole, which may be anything. */
  public static void talk(FramePeer peer, String text) {
    peer.send(Frame.text(text));
  }

  /** Says that a frame of that length comes, which never does. */
  public static FramePeer announce(FramePeer peer, long length) {
    return peer.send(Frame.text("").announcing(64, length));
  }

  /** Begins a frame whose bytes are to come one by one. */
  public static FramePeer beginFrame(FramePeer peer) {
    return peer.send(Frame.text("\"").announcing(64, ANNOUNCED));
  }

  /** Begins a message whose last fragment never comes. */
  public static FramePeer beginMessage(FramePeer peer) {
    return peer.send(Frame.text("\"").begun());
  }

  /**
   * Goes on with what was begun: a byte more of each frame, a pong and nothing more of each
   * message.
   */
  public static void goOn(List<FramePeer> crowd) {
    for (int i = 0; i < crowd.size(); i++) {
      if (i % 2 == 0) {
        crowd.get(i).raw(new byte[] {'x'});
      } else {
        crowd.get(i).send(Frame.pong("alive"), Frame.more().begun());
      }
    }
  }
}
