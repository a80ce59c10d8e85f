package com.astrobookings.logs.event.error;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads stack traces as {@link Throwable#printStackTrace()} prints them, and as log libraries print
 * them that begin with the root cause.
 *
 * <p>The parts of a trace are the exception and its causes. The frames that count are the top ones
 * of the application in the root cause; if it has none, those of the exception that was thrown
 * because of it, and so on; then those of suppressed exceptions, where Reactor notes who
 * subscribed; if there are none at all, the top frames of the root cause, whatever they belong to.
 */
final class StackTrace {

  /** The frames that count. */
  private static final int MAX_FRAMES = 3;

  /** More causes than that are not looked at. */
  private static final int MAX_PARTS = 100;

  /** More lines of one exception are not looked at. */
  private static final int MAX_LINES = 300;

  private static final String CAUSED_BY = "Caused by: ";

  /** In traces that begin with the root cause. */
  private static final String WRAPPED_BY = "Wrapped by: ";

  private static final String SUPPRESSED = "Suppressed: ";
  private static final String THREAD = "Exception in thread \"";

  private final String trace;

  private StackTrace(String trace) {
    this.trace = trace;
  }

  /**
   * Returns the classes of the exception and of its root cause, if there is another, and the frames
   * that count, each on a line of its own; a single line if there is no frame.
   */
  static String canonical(String trace) {
    return new StackTrace(trace).canonical();
  }

  private String canonical() {
    List<Integer> parts = parts();
    StringBuilder canonical = new StringBuilder(ClassName.of(trace, parts.getFirst()));
    if (parts.size() > 1) {
      canonical.append(' ').append(ClassName.of(trace, parts.getLast()));
    }
    for (String frame : frames(parts)) {
      canonical.append('\n').append(frame);
    }
    return canonical.toString();
  }

  /** Returns where the exceptions begin, the root cause last. */
  private List<Integer> parts() {
    int first = start();
    List<Integer> parts = parts(first, CAUSED_BY);
    return parts.size() > 1 ? parts : parts(first, WRAPPED_BY).reversed();
  }

  private List<Integer> parts(int first, String separator) {
    String line = "\n" + separator;
    List<Integer> parts = new ArrayList<>();
    parts.add(first);
    int at = trace.indexOf(line, first);
    while (at >= 0 && parts.size() < MAX_PARTS) {
      parts.add(at + line.length());
      at = trace.indexOf(line, at + line.length());
    }
    return parts;
  }

  private int start() {
    int start = skipSpace(0, trace.length());
    if (trace.startsWith(THREAD, start)) {
      int quote = trace.indexOf("\" ", start + THREAD.length());
      int end = lineEnd(start);
      return quote < 0 || quote > end ? start : quote + 2;
    }
    return start;
  }

  private List<String> frames(List<Integer> parts) {
    for (int i = parts.size() - 1; i >= 0; i--) {
      List<String> own = frames(parts.get(i), true, false);
      if (!own.isEmpty()) {
        return own;
      }
    }
    List<String> suppressed = frames(parts.getFirst(), true, true);
    return suppressed.isEmpty() ? frames(parts.getLast(), false, false) : suppressed;
  }

  /**
   * Returns the top frames of an exception; those that repeat, as in recursions, once.
   *
   * @param ownOnly whether frames of libraries are left out
   * @param toTheEnd whether to go on to the frames of other exceptions
   */
  private List<String> frames(int part, boolean ownOnly, boolean toTheEnd) {
    List<String> frames = new ArrayList<>(MAX_FRAMES);
    int line = lineEnd(part) + 1;
    for (int i = 0; i < MAX_LINES && line < trace.length() && frames.size() < MAX_FRAMES; i++) {
      int end = lineEnd(line);
      int text = skipSpace(line, end);
      if (trace.startsWith("at ", text)) {
        String frame = Frame.canonical(trace, text + "at ".length(), end, ownOnly);
        if (!frame.isEmpty() && !frames.contains(frame)) {
          frames.add(frame);
        }
      } else if (!toTheEnd && endsPart(text)) {
        break;
      }
      line = end + 1;
    }
    return frames;
  }

  private boolean endsPart(int text) {
    return trace.startsWith(CAUSED_BY, text)
        || trace.startsWith(WRAPPED_BY, text)
        || trace.startsWith(SUPPRESSED, text);
  }

  private int lineEnd(int from) {
    int end = trace.indexOf('\n', from);
    return end < 0 ? trace.length() : end;
  }

  private int skipSpace(int from, int end) {
    int at = from;
    while (at < end && Character.isWhitespace(trace.charAt(at))) {
      at++;
    }
    return at;
  }
}
