package com.astrobookings.logs.event.error;

import java.util.List;
import java.util.Set;

/** Reads frames of stack traces. */
final class Frame {

  private static final int MAX_LENGTH = 1_024;

  /**
   * Marks of classes that are generated while the application is built or runs. Their frames lie
   * between those of the caller and of the called, and are there or not depending on configuration.
   */
  private static final List<String> GENERATED =
      List.of(
          "$$Lambda",
          "CGLIB$$",
          "$$Enhancer",
          "$$FastClass",
          "$HibernateProxy",
          "_$$_jvst",
          "$ByteBuddy$",
          "$MockitoMock$");

  /** Other marks of such classes, without a dollar sign. */
  private static final List<String> ACCESSORS =
      List.of(
          "ClientProxy.",
          "GeneratedMethodAccessor",
          "GeneratedConstructorAccessor",
          "jdk.internal.reflect.",
          "java.lang.invoke.LambdaForm");

  /** Followed by a number in generated classes. */
  private static final String PROXY = "$Proxy";

  /** First parts of package names, and first two, that do not belong to applications. */
  private static final Set<String> LIBRARIES =
      Set.of(
          "java",
          "javax",
          "jakarta",
          "jdk",
          "sun",
          "kotlin",
          "kotlinx",
          "scala",
          "groovy",
          "clojure",
          "reactor",
          "rx",
          "okhttp3",
          "okio",
          "retrofit2",
          "feign",
          "javassist",
          "liquibase",
          "oracle",
          "Microsoft",
          "System",
          "ch.qos",
          "co.elastic",
          "com.amazonaws",
          "com.azure",
          "com.fasterxml",
          "com.google",
          "com.hazelcast",
          "com.ibm",
          "com.microsoft",
          "com.mongodb",
          "com.mysql",
          "com.netflix",
          "com.rabbitmq",
          "com.sun",
          "com.zaxxer",
          "io.grpc",
          "io.lettuce",
          "io.micrometer",
          "io.micronaut",
          "io.netty",
          "io.opentelemetry",
          "io.projectreactor",
          "io.quarkus",
          "io.r2dbc",
          "io.reactivex",
          "io.smallrye",
          "io.undertow",
          "io.vertx",
          "net.bytebuddy",
          "net.sf",
          "org.apache",
          "org.aspectj",
          "org.codehaus",
          "org.eclipse",
          "org.elasticsearch",
          "org.flywaydb",
          "org.glassfish",
          "org.gradle",
          "org.h2",
          "org.hibernate",
          "org.jboss",
          "org.jooq",
          "org.junit",
          "org.mariadb",
          "org.mockito",
          "org.mybatis",
          "org.postgresql",
          "org.quartz",
          "org.reactivestreams",
          "org.redisson",
          "org.slf4j",
          "org.springframework",
          "org.wildfly",
          "org.xnio",
          "redis.clients",
          "software.amazon",
          "tools.jackson");

  private Frame() {}

  /**
   * Returns class and method of a frame, without module, file, line number and the numbers of
   * anonymous classes.
   *
   * @param start where the frame begins, after {@code at}
   * @param lineEnd where its line ends
   * @param ownOnly whether frames of libraries are left out
   * @return empty if the frame does not count
   */
  static String canonical(String trace, int start, int lineEnd, boolean ownOnly) {
    int end = trace.indexOf('(', start);
    if (end < 0 || end > lineEnd || end - start > MAX_LENGTH) {
      return "";
    }
    int begin = afterModule(trace, start, end);
    if (!Character.isJavaIdentifierStart(trace.charAt(begin))
        || (ownOnly && (isLibrary(trace, begin, end) || isLibraryFile(trace, end, lineEnd)))
        || isGenerated(trace, begin, end)) {
      return "";
    }
    return ClassName.withoutNumbers(trace, begin, hidden(trace, begin, end)).strip();
  }

  /** Frames are printed as {@code loader/module@version/class.method}. */
  private static int afterModule(String trace, int start, int end) {
    int begin = start;
    for (int i = start; i < end && trace.charAt(i) != '$'; i++) {
      if (trace.charAt(i) == '/') {
        begin = i + 1;
      }
    }
    return trace.startsWith("0x", begin) ? start : begin;
  }

  /** Returns where the name ends that the virtual machine continues with an address. */
  private static int hidden(String trace, int begin, int end) {
    int address = trace.indexOf("/0x", begin, end);
    return address < 0 ? end : address;
  }

  private static boolean isGenerated(String trace, int begin, int end) {
    if (containsAny(trace, begin, end, ACCESSORS)) {
      return true;
    }
    int dollar = trace.indexOf('$', begin, end);
    if (dollar < 0) {
      return false;
    }
    int proxy = trace.indexOf(PROXY, dollar, end);
    return containsAny(trace, begin, end, GENERATED)
        || (proxy >= 0 && Character.isDigit(trace.charAt(proxy + PROXY.length())));
  }

  private static boolean containsAny(String trace, int begin, int end, List<String> marks) {
    for (String mark : marks) {
      if (trace.indexOf(mark, begin, end) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether the file, which JavaScript engines state with its path, belongs to a library. */
  private static boolean isLibraryFile(String trace, int start, int lineEnd) {
    return trace.startsWith("(node:", start)
        || trace.indexOf("/node_modules/", start, lineEnd) >= 0;
  }

  private static boolean isLibrary(String trace, int begin, int end) {
    int first = trace.indexOf('.', begin, end);
    if (first < 0) {
      return false;
    }
    if (LIBRARIES.contains(trace.substring(begin, first))) {
      return true;
    }
    int second = trace.indexOf('.', first + 1, end);
    return second >= 0 && LIBRARIES.contains(trace.substring(begin, second));
  }
}
