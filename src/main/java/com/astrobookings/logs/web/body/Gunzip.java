package com.astrobookings.logs.web.body;

import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/**
 * Decompresses a gzip file (RFC 1952) of one or more members that is in memory. The JDK's stream
 * ignores whatever follows the last member if it is not another one, and so would lose events
 * without a word; here it is an error.
 */
final class Gunzip extends GZIPInputStream {

  /** Checksum and length at the end of each member. */
  private static final int TRAILER_SIZE = 8;

  /** Reads the whole file into its buffer, so that the bytes after its end can be counted. */
  private Gunzip(Body file) throws IOException {
    super(new ByteArrayInputStream(file.bytes(), 0, file.length()), file.length());
  }

  /**
   * Appends the content of {@code file} to {@code content}. Needs as much memory as the file has
   * bytes, besides both bodies.
   *
   * @throws ProblemException if the file is damaged or incomplete, or the content too large
   */
  static void decompress(Body file, Body content) {
    if (file.length() == 0) {
      return;
    }
    try (Gunzip in = new Gunzip(file)) {
      content.append(in);
      if (in.inf.getRemaining() != TRAILER_SIZE) {
        throw invalid("bytes that are not gzip follow after its end");
      }
    } catch (EOFException e) {
      throw invalid("it ends in the middle");
    } catch (IOException e) {
      throw invalid("its header, data or checksum is damaged");
    }
  }

  private static ProblemException invalid(String reason) {
    return new ProblemException(
        ProblemType.UNREADABLE_BODY,
        "The body is not valid gzip: " + reason + ". Nothing was stored; send it again.");
  }
}
