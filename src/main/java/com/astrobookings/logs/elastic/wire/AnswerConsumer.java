package com.astrobookings.logs.elastic.wire;

import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.nio.support.AbstractAsyncResponseConsumer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Puts an answer together from its head and its bytes, as the client wants it. */
final class AnswerConsumer
    extends AbstractAsyncResponseConsumer<ClassicHttpResponse, ByteArrayEntity> {

  AnswerConsumer(AnswerBuffer buffer) {
    super(buffer);
  }

  @Override
  public void informationResponse(HttpResponse response, HttpContext context) {
    // the real one follows
  }

  @Override
  protected ClassicHttpResponse buildResult(
      HttpResponse response, ByteArrayEntity entity, @Nullable ContentType contentType) {
    ClassicHttpResponse whole =
        new BasicClassicHttpResponse(response.getCode(), response.getReasonPhrase());
    whole.setHeaders(response.getHeaders());
    whole.setEntity(entity);
    return whole;
  }
}
