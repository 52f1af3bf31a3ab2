package dev.gatehouse.watch.exposure;

import dev.gatehouse.kernel.address.AddressScope;

/**
 * A port on which this host answers: one row of the table.
 *
 * @param socketUid the user of the socket, which may differ from the owner's
 * @param user the name of the owner's user, or of the socket's; empty if unknown
 * @param sockets how many twins (SO_REUSEPORT) this row stands for
 * @param ephemeral whether this may be a client that waits for an answer
 * @param note the operator's words of the expected entry
 * @param service of Gatehouse's own listeners the service, else empty
 */
public record Listener(
    Binding binding,
    Owner owner,
    long socketUid,
    String user,
    int sockets,
    boolean ephemeral,
    Queues queues,
    Verdict verdict,
    String note,
    String service) {

  public AddressScope scope() {
    return binding.scope();
  }

  /** The same listener with what is thought of it. */
  public Listener judged(Verdict newVerdict, String newNote, String newService) {
    return new Listener(
        binding,
        owner,
        socketUid,
        user,
        sockets,
        ephemeral,
        queues,
        newVerdict,
        newNote,
        newService);
  }
}
