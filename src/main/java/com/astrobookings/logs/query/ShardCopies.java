package com.astrobookings.logs.query;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Names the shard copies that answer a reading. Random names spread readings over all copies; that
 * nobody can guess them keeps one client from aiming at the copy of another.
 */
@Component
final class ShardCopies implements Supplier<String> {

  private final SecureRandom random = new SecureRandom();

  @Override
  public String get() {
    return HexFormat.of().toHexDigits(random.nextLong());
  }
}
