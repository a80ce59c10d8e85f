package com.astrobookings.logs.spool;

import com.astrobookings.logs.spool.SpoolFile.Synchronous;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** Gives a service a spool without fsync, in place of its own. */
public final class UnsyncedSpool {

  @Bean
  @Primary
  Spool spoolWithoutSync(@Value("${logs.spool.directory}") Path folder) {
    return SpoolOpening.open(
        folder.resolveSibling("unsynced"), Spools.MAX_BYTES, Spools.RESERVE, Synchronous.OFF);
  }
}
