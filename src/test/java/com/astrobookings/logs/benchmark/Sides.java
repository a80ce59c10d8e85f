package com.astrobookings.logs.benchmark;

import java.net.URI;

/**
 * The processes that are compared.
 *
 * @param service the service
 * @param elasticsearch the node that all of them use
 * @param node its process
 * @param compared the other services
 */
record Sides(Server service, URI elasticsearch, Usage node, Server compared) {

  Side direct(Side.Requests requests, String expected) {
    return new Side("direct", elasticsearch, node, requests, expected);
  }

  Side service(Side.Requests requests, String expected) {
    return new Side("service", service.uri(), service.usage(), requests, expected);
  }

  Side naive(Side.Requests requests, String expected) {
    return new Side("naive", compared.uri(), compared.usage(), requests, expected);
  }

  Side bare(Side.Requests requests, String expected) {
    return new Side("bare", compared.uri(), compared.usage(), requests, expected);
  }
}
