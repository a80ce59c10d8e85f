package com.astrobookings.logs.web;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Duration;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;

/** Adds the handlers that work below the framework, in the pipeline of the HTTP server. */
@Component
final class ServerTransport implements NettyServerCustomizer {

  private static final String LINGERING_CLOSE = "logs.lingeringClose";
  private static final Duration MAX_CLOSE_DELAY = Duration.ofSeconds(5);

  @Override
  public HttpServer apply(HttpServer server) {
    return server
        .doOnChannelInit((observer, channel, address) -> extend(channel.pipeline()))
        .mapHandle((answer, connection) -> answer.then(Mono.defer(() -> explain(connection))));
  }

  private static void extend(ChannelPipeline pipeline) {
    if (pipeline.get(NettyPipeline.HttpCodec) != null) {
      pipeline.addAfter(
          NettyPipeline.HttpCodec, LINGERING_CLOSE, new LingeringClose(MAX_CLOSE_DELAY));
      RequestHeadCheck.addTo(pipeline, NettyPipeline.HttpCodec, LINGERING_CLOSE);
    }
  }

  /**
   * Adds a problem to the bare 400 with which the framework answers a target that is not a URI,
   * such as one with an unencoded quotation mark. Every other answer has a trace id by now.
   */
  private static Mono<Void> explain(Connection connection) {
    return connection instanceof HttpServerResponse response
            && !response.hasSentHeaders()
            && HttpResponseStatus.BAD_REQUEST.equals(response.status())
            && !response.responseHeaders().contains(TraceId.HEADER)
        ? answer(response)
        : Mono.empty();
  }

  private static Mono<Void> answer(HttpServerResponse response) {
    String traceId = TraceId.next();
    Problem problem =
        new Problem(
            ProblemType.BAD_REQUEST,
            "The path or the query is not a valid URI. Percent-encode every character that a URI"
                + " must not contain, such as spaces, quotation marks, pipes, braces and the"
                + " percent sign itself.");
    byte[] body = problem.json(traceId);
    return response
        .header(TraceId.HEADER, traceId)
        .header(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .header("X-Content-Type-Options", "nosniff")
        .header(HttpHeaderNames.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE)
        .header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length))
        .sendByteArray(Mono.just(body))
        .then();
  }
}
