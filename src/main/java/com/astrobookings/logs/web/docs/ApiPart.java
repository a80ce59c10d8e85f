package com.astrobookings.logs.web.docs;

import java.util.Map;

/** What one room says of the paths that it serves. */
public interface ApiPart {

  /**
   * The operations, in the terms of OpenAPI 3.1: by path, then by method in lower case. Methods of
   * one path may come from several rooms.
   */
  Map<String, Map<String, Object>> paths();
}
