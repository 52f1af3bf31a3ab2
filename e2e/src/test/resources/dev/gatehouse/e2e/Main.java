package dev.gatehouse.app;

/** Tells how it was started. */
public final class Main {
  public static void main(String[] arguments) throws InterruptedException {
    System.out.println("pid=" + ProcessHandle.current().pid());
    System.out.println("property=" + System.getProperty("probe"));
    System.out.println("headless=" + System.getProperty("java.awt.headless"));
    for (String argument : arguments) {
      System.out.println("argument=" + argument);
    }
    if (arguments.length > 0 && arguments[0].equals("fail")) {
      System.exit(2);
    }
    if (arguments.length > 0 && arguments[0].equals("run")) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("drained")));
      System.out.println("serving");
      new java.util.concurrent.CountDownLatch(1).await();
    }
  }
}
