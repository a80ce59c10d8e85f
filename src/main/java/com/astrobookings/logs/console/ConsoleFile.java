package com.astrobookings.logs.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.springframework.http.MediaType;

/** A file of the console, as it is and compressed. */
final class ConsoleFile {

  private static final Map<String, MediaType> TYPES =
      Map.of(
          "css", MediaType.valueOf("text/css;charset=utf-8"),
          "html", MediaType.valueOf("text/html;charset=utf-8"),
          "js", MediaType.valueOf("text/javascript;charset=utf-8"),
          "svg", MediaType.valueOf("image/svg+xml"));

  private final MediaType type;
  private final byte[] content;
  private final byte[] compressed;

  /**
   * Compresses the content.
   *
   * @param name the name, whose extension determines the media type
   * @throws IllegalArgumentException if files of this extension are not served
   */
  ConsoleFile(String name, byte[] content) {
    MediaType known = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (known == null) {
      throw new IllegalArgumentException("No media type is declared for " + name);
    }
    this.type = known;
    this.content = content;
    this.compressed = compress(content);
  }

  MediaType type() {
    return type;
  }

  /** Returns the content; the array is not to be changed. */
  byte[] content() {
    return content;
  }

  /** Returns the content in gzip format; the array is not to be changed. */
  byte[] compressed() {
    return compressed;
  }

  private static byte[] compress(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new BestCompression(bytes)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static final class BestCompression extends GZIPOutputStream {

    BestCompression(ByteArrayOutputStream bytes) throws IOException {
      super(bytes);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
