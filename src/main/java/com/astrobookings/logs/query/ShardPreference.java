package com.astrobookings.logs.query;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Supplies the search preference of a first page, which its following pages repeat. Random values
 * spread reads over all shard copies; a client cannot choose the copy, because it cannot guess the
 * value that leads there.
 */
@Component
final class ShardPreference implements Supplier<String> {

  private final SecureRandom random = new SecureRandom();

  @Override
  public String get() {
    return HexFormat.of().toHexDigits(random.nextLong());
  }
}
