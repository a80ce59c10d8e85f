package com.astrobookings.logs.local;

import java.time.Duration;
import java.time.InstantSource;
import org.springframework.util.unit.DataSize;

/** A process with a local node in it, to be killed: prints the address and waits for its end. */
final class LocalNodeHost {
  static final String ADDRESS = "address ";

  private LocalNodeHost() {}

  public static void main(String[] args) throws Exception {
    LocalNode node =
        LocalNode.start(
            new LocalNodeProperties(args[0], DataSize.ofMegabytes(256), Duration.ofMinutes(5)),
            InstantSource.system());
    System.out.println(ADDRESS + node.address());
    Thread.currentThread().join();
  }
}
