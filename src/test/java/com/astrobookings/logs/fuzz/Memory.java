package com.astrobookings.logs.fuzz;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.lang.management.ManagementFactory;

/**
 * What the process holds on to.
 *
 * @param heap bytes of objects that are in use
 * @param direct bytes that the network's buffers have taken beside the heap
 */
record Memory(long heap, long direct) {

  static Memory used() {
    System.gc();
    return new Memory(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory());
  }

  Memory since(Memory earlier) {
    return new Memory(heap - earlier.heap, direct - earlier.direct);
  }
}
