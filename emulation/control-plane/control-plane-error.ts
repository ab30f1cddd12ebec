/** The control plane cannot be installed or started. The message says what to do. */
export class ControlPlaneError extends Error {
  public constructor(message: string) {
    super(message);
    this.name = 'ControlPlaneError';
  }
}
