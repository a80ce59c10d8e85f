package com.astrobookings.logs.security;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.SpringApplication.AbandonedRunException;
import org.springframework.boot.context.event.ApplicationStartingEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.util.StringUtils;

/**
 * The command {@code make-key}: prints a new API key and its configuration, and exits without
 * starting the service. Reads no configuration and stores nothing.
 */
final class MakeKey implements ApplicationListener<ApplicationStartingEvent> {

  private static final String USAGE =
      "usage: make-key --name=<user> --scopes=<scope>[,<scope>...] [--expires=<yyyy-MM-dd>]";

  /** Ends the program with the exit code of the command. */
  private static final class Done extends AbandonedRunException implements ExitCodeGenerator {
    private final int exitCode;

    private Done(int exitCode) {
      this.exitCode = exitCode;
    }

    @Override
    public int getExitCode() {
      return exitCode;
    }
  }

  @Override
  public void onApplicationEvent(ApplicationStartingEvent event) {
    String[] args = event.getArgs();
    if (args.length > 0 && args[0].equals("make-key")) {
      Instant now = Instant.ofEpochMilli(event.getTimestamp());
      throw new Done(run(new DefaultApplicationArguments(args), now));
    }
  }

  private static int run(DefaultApplicationArguments args, Instant now) {
    try {
      String key = ApiKeyFormat.random(new SecureRandom());
      IO.println(text(key, described(key, args, now)));
      return 0;
    } catch (IllegalArgumentException misused) {
      IO.println(misused.getMessage() + "\n" + USAGE);
      return 2;
    }
  }

  private static ApiKey described(String key, DefaultApplicationArguments args, Instant now) {
    Set<String> unknown = new LinkedHashSet<>(args.getOptionNames());
    unknown.removeAll(Set.of("name", "scopes", "expires"));
    if (!unknown.isEmpty() || args.getNonOptionArgs().size() > 1) {
      throw new IllegalArgumentException("make-key takes name, scopes and expires only.");
    }
    Set<String> scopes =
        StringUtils.commaDelimitedListToSet(String.valueOf(option(args, "scopes", "")));
    String hash = ApiKeyFormat.id(key) + ":" + HexFormat.of().formatHex(ApiKeyFormat.hash(key));
    ApiKey described =
        new ApiKey(
            String.valueOf(option(args, "name", "")), hash, scopes, option(args, "expires", null));
    Instant end = described.end();
    if (end != null && !end.isAfter(now)) {
      throw new IllegalArgumentException(
          "The key would never be valid: it expires at the beginning of a UTC day, or at an"
              + " instant,"
              + " and %s is past.".formatted(described.expires()));
    }
    return described;
  }

  private static @Nullable String option(
      DefaultApplicationArguments args, String name, @Nullable String absent) {
    List<String> values = args.getOptionValues(name);
    return values == null || values.isEmpty() ? absent : values.getLast();
  }

  private static String text(String key, ApiKey described) {
    return """
    The key, which is printed only once (the service stores only its hash):

      %s

    What to configure:

    %s
    or in the environment, counting up from 0:

    %s\
    """
        .formatted(key, yaml(described), environment(described));
  }

  private static String yaml(ApiKey key) {
    return """
      logs:
        security:
          api-keys:
            - name: %s
              hash: "%s"
              scopes: "%s"
    """
            .formatted(key.name(), key.hash(), String.join(",", key.scopes()))
        + (key.expires() == null ? "" : "          expires: \"%s\"\n".formatted(key.expires()));
  }

  private static String environment(ApiKey key) {
    return """
      LOGS_SECURITY_APIKEYS_0_NAME=%s
      LOGS_SECURITY_APIKEYS_0_HASH=%s
      LOGS_SECURITY_APIKEYS_0_SCOPES=%s
    """
            .formatted(key.name(), key.hash(), String.join(",", key.scopes()))
        + (key.expires() == null
            ? ""
            : "  LOGS_SECURITY_APIKEYS_0_EXPIRES=%s\n".formatted(key.expires()));
  }
}
