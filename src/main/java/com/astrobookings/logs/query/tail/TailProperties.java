package com.astrobookings.logs.query.tail;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Live tails.
 *
 * @param maxOpen the most tails that are open at once; one credential gets at most half of them
 */
@ConfigurationProperties("logs.tail")
record TailProperties(@DefaultValue("400") int maxOpen) {

  TailProperties {
    if (maxOpen < 1) {
      throw new IllegalArgumentException("logs.tail.max-open must be at least 1, not " + maxOpen);
    }
  }
}
