// The public API of "teams-recording-status/client": what a consumer's compiler sees, without comments. What is not exported is here because something exported
// refers to it. Made by `npm run api`: do not edit.

import { ClientOptions, ClientOptions as ClientOptions$1, FetchOptions, FetchResponse } from "openapi-fetch";
interface paths {
  "/communications/calls/{id}/updateRecordingStatus": {
    parameters: {
      query?: never;
      header?: {
        "client-request-id"?: components["parameters"]["ClientRequestId"];
      };
      path: {
        id: components["parameters"]["CallId"];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations["updateRecordingStatus"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/app/calls/{id}/updateRecordingStatus": {
    parameters: {
      query?: never;
      header?: {
        "client-request-id"?: components["parameters"]["ClientRequestId"];
      };
      path: {
        id: components["parameters"]["CallId"];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations["updateRecordingStatusOnApp"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/communications/calls/{id}/operations/{operationId}": {
    parameters: {
      query?: never;
      header?: {
        "client-request-id"?: components["parameters"]["ClientRequestId"];
      };
      path: {
        id: components["parameters"]["CallId"];
        operationId: components["parameters"]["OperationId"];
      };
      cookie?: never;
    };
    get: operations["getCallOperation"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
interface webhooks {
  commsNotifications: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations["receiveCommsNotifications"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
interface components {
  schemas: {
    ReportableStatus: "notRecording" | "recording" | "failed";
    UpdateRecordingStatusRequest: {
      status: components["schemas"]["ReportableStatus"];
      clientContext?: string | null;
    };
    OperationStatus: ("notStarted" | "running" | "completed" | "failed") | string | null;
    ResultInfo: {
      "@odata.type"?: string;
      code: number;
      subcode: number;
      message?: string | null;
    } & {
      [key: string]: unknown;
    };
    Entity: {
      "@odata.type"?: string;
      id: string;
    } & {
      [key: string]: unknown;
    };
    CommsOperation: components["schemas"]["Entity"] & ({
      clientContext?: string | null;
      resultInfo?: components["schemas"]["ResultInfo"] | null;
      status: components["schemas"]["OperationStatus"];
    } & {
      [key: string]: unknown;
    });
    UpdateRecordingStatusOperation: components["schemas"]["CommsOperation"];
    ODataError: {
      error: components["schemas"]["ErrorDetails"];
    } & {
      [key: string]: unknown;
    };
    ErrorDetails: {
      code: string;
      message: string;
      innerError?: components["schemas"]["InnerError"];
    } & {
      [key: string]: unknown;
    };
    InnerError: {
      date?: string;
      "request-id"?: string;
      "client-request-id"?: string;
    } & {
      [key: string]: unknown;
    };
    CommsNotifications: {
      "@odata.type"?: string;
      value: components["schemas"]["CommsNotification"][];
    } & {
      [key: string]: unknown;
    };
    CommsNotification: {
      "@odata.type"?: string;
      changeType: ("created" | "updated" | "deleted") | string;
      resourceUrl: string;
      resource?: string;
      resourceData?: {
        [key: string]: unknown;
      } | {
        [key: string]: unknown;
      }[];
    } & {
      [key: string]: unknown;
    };
  };
  responses: {
    RecordingStatusUpdated: {
      headers: {
        Location: string;
        "request-id"?: string;
        "client-request-id"?: string;
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["UpdateRecordingStatusOperation"];
      };
    };
    BadRequest: {
      headers: {
        "request-id"?: string;
        "client-request-id"?: string;
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["ODataError"];
      };
    };
    Unauthorized: {
      headers: {
        "WWW-Authenticate": string;
        "request-id"?: string;
        "client-request-id"?: string;
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["ODataError"];
      };
    };
    Forbidden: {
      headers: {
        "request-id"?: string;
        "client-request-id"?: string;
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["ODataError"];
      };
    };
    NotFound: {
      headers: {
        "request-id"?: string;
        "client-request-id"?: string;
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["ODataError"];
      };
    };
    UnsupportedMediaType: {
      headers: {
        "request-id"?: string;
        "client-request-id"?: string;
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["ODataError"];
      };
    };
    TooManyRequests: {
      headers: {
        "Retry-After"?: string;
        "request-id"?: string;
        "client-request-id"?: string;
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["ODataError"];
      };
    };
    InternalServerError: {
      headers: {
        "request-id"?: string;
        "client-request-id"?: string;
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["ODataError"];
      };
    };
    BadGateway: {
      headers: {
        "request-id"?: string;
        "client-request-id"?: string;
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["ODataError"];
      };
    };
    ServiceUnavailable: {
      headers: {
        "Retry-After"?: string;
        "request-id"?: string;
        "client-request-id"?: string;
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["ODataError"];
      };
    };
    GatewayTimeout: {
      headers: {
        "request-id"?: string;
        "client-request-id"?: string;
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["ODataError"];
      };
    };
    UnexpectedError: {
      headers: {
        "request-id"?: string;
        "client-request-id"?: string;
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["ODataError"];
      };
    };
  };
  parameters: {
    CallId: string;
    OperationId: string;
    ClientRequestId: string;
  };
  requestBodies: {
    UpdateRecordingStatus: {
      content: {
        "application/json": components["schemas"]["UpdateRecordingStatusRequest"];
      };
    };
  };
  headers: never;
  pathItems: never;
}
interface operations {
  updateRecordingStatus: {
    parameters: {
      query?: never;
      header?: {
        "client-request-id"?: components["parameters"]["ClientRequestId"];
      };
      path: {
        id: components["parameters"]["CallId"];
      };
      cookie?: never;
    };
    requestBody: components["requestBodies"]["UpdateRecordingStatus"];
    responses: {
      200: components["responses"]["RecordingStatusUpdated"];
      400: components["responses"]["BadRequest"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      404: components["responses"]["NotFound"];
      415: components["responses"]["UnsupportedMediaType"];
      429: components["responses"]["TooManyRequests"];
      500: components["responses"]["InternalServerError"];
      502: components["responses"]["BadGateway"];
      503: components["responses"]["ServiceUnavailable"];
      504: components["responses"]["GatewayTimeout"];
      default: components["responses"]["UnexpectedError"];
    };
  };
  updateRecordingStatusOnApp: {
    parameters: {
      query?: never;
      header?: {
        "client-request-id"?: components["parameters"]["ClientRequestId"];
      };
      path: {
        id: components["parameters"]["CallId"];
      };
      cookie?: never;
    };
    requestBody: components["requestBodies"]["UpdateRecordingStatus"];
    responses: {
      200: components["responses"]["RecordingStatusUpdated"];
      400: components["responses"]["BadRequest"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      404: components["responses"]["NotFound"];
      415: components["responses"]["UnsupportedMediaType"];
      429: components["responses"]["TooManyRequests"];
      500: components["responses"]["InternalServerError"];
      502: components["responses"]["BadGateway"];
      503: components["responses"]["ServiceUnavailable"];
      504: components["responses"]["GatewayTimeout"];
      default: components["responses"]["UnexpectedError"];
    };
  };
  getCallOperation: {
    parameters: {
      query?: never;
      header?: {
        "client-request-id"?: components["parameters"]["ClientRequestId"];
      };
      path: {
        id: components["parameters"]["CallId"];
        operationId: components["parameters"]["OperationId"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          "request-id"?: string;
          "client-request-id"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["CommsOperation"];
        };
      };
      400: components["responses"]["BadRequest"];
      401: components["responses"]["Unauthorized"];
      403: components["responses"]["Forbidden"];
      404: components["responses"]["NotFound"];
      429: components["responses"]["TooManyRequests"];
      500: components["responses"]["InternalServerError"];
      502: components["responses"]["BadGateway"];
      503: components["responses"]["ServiceUnavailable"];
      504: components["responses"]["GatewayTimeout"];
      default: components["responses"]["UnexpectedError"];
    };
  };
  receiveCommsNotifications: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["CommsNotifications"];
      };
    };
    responses: {
      202: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      401: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
}
type Exact<Init, Known> = Init & { [Name in Exclude<keyof Init, keyof Known>]: never };
type Options<Id extends keyof operations> = FetchOptions<operations[Id]>;
type Result<Id extends keyof operations, Init> = Promise<FetchResponse<operations[Id], Init, "application/json">>;
declare function createFetchClient(options?: ClientOptions$1): {
  updateRecordingStatus<Init extends Options<"updateRecordingStatus">>(init: Exact<Init, Options<"updateRecordingStatus">>): Result<"updateRecordingStatus", Init>;
  updateRecordingStatusOnApp<Init extends Options<"updateRecordingStatusOnApp">>(init: Exact<Init, Options<"updateRecordingStatusOnApp">>): Result<"updateRecordingStatusOnApp", Init>;
  getCallOperation<Init extends Options<"getCallOperation">>(init: Exact<Init, Options<"getCallOperation">>): Result<"getCallOperation", Init>;
};
type FetchClient = ReturnType<typeof createFetchClient>;
export {
  type ClientOptions,
  type FetchClient,
  type components,
  createFetchClient,
  type operations,
  type paths,
  type webhooks,
};
