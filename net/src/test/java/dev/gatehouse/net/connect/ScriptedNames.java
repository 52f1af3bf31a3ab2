package dev.gatehouse.net.connect;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A world of names in which some name servers never answer. */
final class ScriptedNames implements NameLookup {

  private final Map<String, List<InetAddress>> answers = new ConcurrentHashMap<>();
  private final Set<String> stuck = ConcurrentHashMap.newKeySet();
  private final CountDownLatch released = new CountDownLatch(1);
  private final AtomicInteger lookups = new AtomicInteger();
  final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  @Override
  public List<InetAddress> lookUp(String name) throws UnknownHostException {
    lookups.incrementAndGet();
    threads.add(Thread.currentThread());
    if (stuck.contains(name)) {
      awaitRelease();
    }
    List<InetAddress> answer = answers.get(name);
    if (answer == null) {
      throw new UnknownHostException(name);
    }
    return answer;
  }

  void answer(String name, List<InetAddress> addresses) {
    answers.put(name, addresses);
  }

  void hang(String name) {
    stuck.add(name);
  }

  void release() {
    released.countDown();
  }

  int lookups() {
    return lookups.get();
  }

  /** Like getaddrinfo(3), deaf to interrupts. */
  private void awaitRelease() {
    boolean done = false;
    while (!done) {
      try {
        released.await();
        done = true;
      } catch (InterruptedException ignored) {
        done = false;
      }
    }
  }
}
