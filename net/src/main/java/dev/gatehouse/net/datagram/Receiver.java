package dev.gatehouse.net.datagram;

import dev.gatehouse.kernel.address.Endpoint;

/** One socket of a listener, by whatever means it is read. */
interface Receiver {

  Endpoint boundAddress();

  /** Bytes that the kernel has for what waits to be read. */
  int receiveBuffer();

  /** Datagrams lost so far for want of room there, as far as it is known. */
  long receiveDrops();

  /** Begins to read. */
  void begin();

  /** Stops reading, once what has been read is answered. */
  void stop() throws InterruptedException;

  /** Gives the port back. */
  void close();
}
