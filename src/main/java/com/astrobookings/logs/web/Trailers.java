package com.astrobookings.logs.web;

import io.netty.handler.codec.http.HttpVersion;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.FutureMono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Sends headers after the body (RFC 9110, section 6.5), which the framework has no means for. */
public final class Trailers {

  private Trailers() {}

  /**
   * Declares trailers of a response whose body is sent in chunks.
   *
   * @param trailers the values by name, read when the body has ended
   */
  public static void declare(ServerHttpResponse response, Map<String, Supplier<String>> trailers) {
    response.getHeaders().set(HttpHeaders.TRAILER, String.join(", ", trailers.keySet()));
    if (nativeOf(response) instanceof HttpServerResponse server) {
      server.trailerHeaders(
          headers -> trailers.forEach((name, value) -> headers.set(name, value.get())));
    }
  }

  /**
   * Whether a client can tell a response that was cut off from one that has ended. In HTTP/1.0 the
   * end of a body of unknown length is the end of the connection.
   */
  public static boolean showEnd(ServerHttpRequest request) {
    return !(nativeOf(request) instanceof HttpServerRequest server)
        || !HttpVersion.HTTP_1_0.equals(server.version());
  }

  /**
   * Closes the connection of a response that has begun, so that its body is seen to be cut off.
   * Completes when it is closed.
   */
  public static Mono<Void> cutOff(ServerHttpResponse response) {
    return nativeOf(response) instanceof Connection connection
        ? FutureMono.deferFuture(() -> connection.channel().close()).onErrorComplete()
        : Mono.empty();
  }

  private static Object nativeOf(ServerHttpResponse response) {
    try {
      return ServerHttpResponseDecorator.getNativeResponse(response);
    } catch (IllegalStateException noServer) {
      return response;
    }
  }

  private static Object nativeOf(ServerHttpRequest request) {
    try {
      return ServerHttpRequestDecorator.getNativeRequest(request);
    } catch (IllegalStateException noServer) {
      return request;
    }
  }
}
