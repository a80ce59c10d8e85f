package com.astrobookings.logs.console;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether the console is served.
 *
 * @param enabled whether {@code /} and {@code /console/} answer
 */
@ConfigurationProperties("logs.console")
record ConsoleProperties(@DefaultValue("true") boolean enabled) {}
